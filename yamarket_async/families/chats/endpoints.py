"""The operations of chats, an entry for each."""

from yamarket_async.endpoints import Endpoint, Pages, Parameter, Quota
from yamarket_async.families.chats import rules
from yamarket_async.families.chats.models import (
    ChatHistoryRequest,
    ChatHistoryResponse,
    ChatMessageResponse,
    ChatResponse,
    ChatsRequest,
    ChatsResponse,
    CreateChatRequest,
    CreateChatResponse,
    SendMessageToChatRequest,
)
from yamarket_async.families.scopes import COMMUNICATION, COMMUNICATION_READ
from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.bounds import Id

CREATE_CHAT = Endpoint(
    name="createChat",
    http_method="POST",
    path="/v2/businesses/{businessId}/chats/new",
    body=CreateChatRequest,
    response=CreateChatResponse,
    rules=(rules.about,),
    quota=Quota(1_000, 1_000, period=3600),
    scopes=COMMUNICATION,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="write",
    reference="chats/createChat",
)

GET_CHATS = Endpoint(
    name="getChats",
    http_method="POST",
    path="/v2/businesses/{businessId}/chats",
    body=ChatsRequest,
    response=ChatsResponse,
    pages=Pages("result.chats", "result.paging", size=20, default=10),
    quota=Quota(5_000, 5_000, period=3600),
    scopes=COMMUNICATION_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="read",
    reference="chats/getChats",
)

GET_CHAT = Endpoint(
    name="getChat",
    http_method="GET",
    path="/v2/businesses/{businessId}/chat",
    query=(Parameter("chatId", Id, required=True),),
    response=ChatResponse,
    quota=Quota(1_000, 1_000, period=3600),
    scopes=COMMUNICATION_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="read",
    reference="chats/getChat",
)

SEND_FILE_TO_CHAT = Endpoint(
    name="sendFileToChat",
    http_method="POST",
    path="/v2/businesses/{businessId}/chats/file/send",
    query=(Parameter("chatId", Id, required=True),),
    upload="file",
    response=ApiResponse,
    quota=Quota(1_000, 1_000, period=3600),
    scopes=COMMUNICATION,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="irreversible",
    repeat="never",
    check_with="get_chat_history",
    reference="chats/sendFileToChat",
)

SEND_MESSAGE_TO_CHAT = Endpoint(
    name="sendMessageToChat",
    http_method="POST",
    path="/v2/businesses/{businessId}/chats/message",
    query=(Parameter("chatId", Id, required=True),),
    body=SendMessageToChatRequest,
    response=ApiResponse,
    quota=Quota(1_000, 1_000, period=3600),
    scopes=COMMUNICATION,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="irreversible",
    repeat="never",
    check_with="get_chat_history",
    reference="chats/sendMessageToChat",
)

GET_CHAT_MESSAGE = Endpoint(
    name="getChatMessage",
    http_method="GET",
    path="/v2/businesses/{businessId}/chats/message",
    query=(
        Parameter("chatId", Id, required=True),
        Parameter("messageId", Id, required=True),
    ),
    response=ChatMessageResponse,
    quota=Quota(1_000, 1_000, period=3600),
    scopes=COMMUNICATION_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="read",
    reference="chats/getChatMessage",
)

GET_CHAT_HISTORY = Endpoint(
    name="getChatHistory",
    http_method="POST",
    path="/v2/businesses/{businessId}/chats/history",
    query=(Parameter("chatId", Id, required=True),),
    body=ChatHistoryRequest,
    response=ChatHistoryResponse,
    pages=Pages("result.messages", "result.paging", size=100, default=50),
    quota=Quota(10_000, 10_000, period=3600),
    scopes=COMMUNICATION_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="read",
    reference="chats/getChatHistory",
)
